// Run as a process of its own by tests: opens the embedded database in the directory it is given, then writes
// a row at a time and says each number once it is answered, until it is killed.
import { connectEmbedded } from './embedded-directory.ts'

const database = await connectEmbedded(process.argv[2]!, (step) => console.log(step))
console.log('open')
await database.query('CREATE TABLE written (n int)')
for (let n = 1; ; n += 1) {
  await database.query('INSERT INTO written VALUES ($1)', [n])
  console.log(`row ${n}`)
}
