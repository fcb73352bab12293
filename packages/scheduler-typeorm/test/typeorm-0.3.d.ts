/** The oldest release of TypeORM that hosts may have. What we use of it has the types of the newest. */
declare module 'typeorm-0.3' {
  export { DataSource } from 'typeorm'
}
