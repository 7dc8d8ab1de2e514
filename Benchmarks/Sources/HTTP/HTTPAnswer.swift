import Glibc

/// What is looked at of a response. It is done for each of them while a server is measured, so it goes from line to line
/// and looks at the beginning of each.
struct HTTPAnswer {
    let status: Int
    let etag: String

    /// nil while bytes are missing.
    init?(_ bytes: UnsafeRawBufferPointer) {
        var line = bytes[...]
        var length = 0
        var etag = ""
        while let end = Self.lineFeed(in: line) {
            if end - line.startIndex <= 1 {
                guard bytes.count >= end + 1 + length else { return nil }
                status = Int(String(decoding: bytes.dropFirst(9).prefix(3), as: UTF8.self)) ?? 0
                self.etag = etag
                return
            }
            if let text = Self.value(of: "content-length: ", in: line[..<end]) { length = Int(text) ?? 0 }
            if let text = Self.value(of: "etag: ", in: line[..<end]) { etag = text }
            line = bytes[(end + 1)...]
        }
        return nil
    }

    private static func lineFeed(in bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
        guard let base = bytes.base.baseAddress, !bytes.isEmpty else { return nil }
        return memchr(base + bytes.startIndex, 0x0a, bytes.count).map { UnsafeRawPointer($0) - base }
    }

    /// The value of a field, when the line is that field; letters of the name match in either case.
    private static func value(of name: StaticString, in line: Slice<UnsafeRawBufferPointer>) -> String? {
        let count = name.utf8CodeUnitCount
        guard line.count > count, line[line.startIndex] | 0x20 == name.utf8Start[0],
            let start = line.base.baseAddress.map({ $0 + line.startIndex }),
            strncasecmp(
                start.assumingMemoryBound(to: CChar.self),
                UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self), count) == 0
        else { return nil }
        return String(decoding: line.dropFirst(count).prefix { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
    }
}
