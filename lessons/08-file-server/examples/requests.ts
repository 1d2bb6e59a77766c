// #region requests
for (const line of ['{"op":"ls"', 'null', '[]', '"ls"', '{"op":"put","size":"12"}']) {
  try {
    const request = JSON.parse(line)
    console.log(line, 'is', typeof request, 'size + 1:', request.size + 1)
  } catch (error) {
    console.log(line, (error as Error).name)
  }
}
// #endregion
