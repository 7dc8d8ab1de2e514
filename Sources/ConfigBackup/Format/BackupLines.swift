/// Makes lines of bytes that come in pieces.
package struct BackupLines: Sendable {
    /// No line of a backup is longer: a content has at most 8 MiB, and escapes at most make it six times as long.
    package static let maximumLine = 64 << 20

    private var buffer: [UInt8] = []
    /// Where the next line begins, and how far its end was looked for.
    private var start = 0
    private var searched = 0

    /// No bytes yet.
    package init() {}

    /// Adds bytes behind what is there.
    package mutating func append(_ bytes: some Sequence<UInt8>) {
        if start > 0 {
            buffer.removeFirst(start)
            searched -= start
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next line without its line feed; nil until all of it is there.
    package mutating func next() -> [UInt8]? {
        guard let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
            searched = buffer.count
            return nil
        }
        defer {
            start = end + 1
            searched = start
        }
        return Array(buffer[start..<end])
    }

    /// True when there is a part of a line.
    package var hasRest: Bool { start < buffer.count }

    /// True when the part of a line is longer than any line.
    package var isTooLong: Bool { buffer.count - start > Self.maximumLine }
}
