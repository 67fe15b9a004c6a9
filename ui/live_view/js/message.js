// A message: four bytes (little-endian length of the header), the header (JSON) and a blob of bytes.

export function unpack(bytes) {
  const size = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  return { ...header, blob: bytes.subarray(4 + size) };
}
