export async function writePages(): Promise<void> {}
