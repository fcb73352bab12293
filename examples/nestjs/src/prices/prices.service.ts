import { Injectable } from '@nestjs/common'

/** A service of the app. */
@Injectable()
export class PricesService {
  async refresh(_signal: AbortSignal): Promise<number> {
    return 8
  }
}
