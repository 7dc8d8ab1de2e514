/// What is looked at of an answer.
struct HTTPAnswer {
    let status: Int
    let etag: String

    /// nil while bytes are missing.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard let end = Self.place(of: "\r\n\r\n", in: bytes, from: bytes.startIndex) else { return nil }
        let head = bytes[..<end]
        let length = Self.field("content-length: ", in: head).flatMap { Int($0) } ?? 0
        guard bytes.endIndex >= end + 4 + length else { return nil }
        status = Int(String(decoding: bytes.dropFirst(9).prefix(3), as: UTF8.self)) ?? 0
        etag = Self.field("etag: ", in: head) ?? ""
    }

    private static func field(_ name: String, in head: ArraySlice<UInt8>) -> String? {
        guard let start = place(of: "\r\n" + name, in: head, from: head.startIndex) else { return nil }
        let value = head[(start + 2 + name.utf8.count)...].prefix { $0 != UInt8(ascii: "\r") }
        return String(decoding: value, as: UTF8.self)
    }

    /// Letters of the text match in either case.
    static func place(of text: String, in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
        let wanted = Array(text.utf8)
        guard bytes.count >= wanted.count else { return nil }
        return (start...(bytes.endIndex - wanted.count)).first { place in
            wanted.indices.allSatisfy { index in
                let byte = bytes[place + index]
                return byte == wanted[index] || ((65...90).contains(byte) && byte + 32 == wanted[index])
            }
        }
    }
}
