import SystemPackage

/// Reads a file line by line in bounded memory.
struct LineReader {
    /// One line.
    struct Line {
        /// Without the line feed.
        let bytes: [UInt8]
        /// Where it begins in the file.
        let offset: Int64
        /// False for the rest behind the last line feed.
        let isComplete: Bool
    }

    /// A line holds two contents of at most 8 MiB.
    static let maximumLine = 24 << 20

    private let descriptor: FileDescriptor
    private var buffer: [UInt8] = []
    /// Where the next line begins in the buffer, and how far it was searched.
    private var start = 0
    private var searched = 0
    /// Where the buffer begins in the file.
    private var bufferOffset: Int64 = 0
    private var isAtEnd = false

    init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

    /// The next line; nil at the end.
    mutating func next() throws -> Line? {
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                return take(upTo: end, isComplete: true)
            }
            searched = buffer.count
            guard !isAtEnd else {
                return start < buffer.count ? take(upTo: buffer.count, isComplete: false) : nil
            }
            guard buffer.count - start <= Self.maximumLine else {
                throw LineTooLong(offset: bufferOffset + Int64(start))
            }
            try fill()
        }
    }

    private mutating func take(upTo end: Int, isComplete: Bool) -> Line {
        let line = Line(bytes: Array(buffer[start..<end]), offset: bufferOffset + Int64(start), isComplete: isComplete)
        start = isComplete ? end + 1 : end
        searched = start
        return line
    }

    private mutating func fill() throws {
        buffer.removeFirst(start)
        bufferOffset += Int64(start)
        searched -= start
        start = 0
        let piece = try [UInt8](unsafeUninitializedCapacity: 1 << 18) { memory, count in
            count = try descriptor.read(
                fromAbsoluteOffset: bufferOffset + Int64(buffer.count), into: UnsafeMutableRawBufferPointer(memory))
        }
        isAtEnd = piece.isEmpty
        buffer.append(contentsOf: piece)
    }
}

/// A line that no audit wrote.
struct LineTooLong: Error {
    let offset: Int64
}
