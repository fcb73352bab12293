import { Controller, Get, Query, Res } from '@nestjs/common'
import type { Response } from 'express'

/** Browsers keep the token in a cookie: `/login?token=…`. */
@Controller('login')
export class LoginController {
  @Get()
  login(@Query('token') token: string, @Res() response: Response): void {
    response.cookie('token', token, { httpOnly: true, sameSite: 'strict' }).redirect(303, '/admin')
  }
}
