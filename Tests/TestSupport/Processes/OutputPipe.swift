import Glibc

/// A pipe out of a child.
struct OutputPipe: Sendable {
    private let reading: Int32
    let writing: Int32

    init() throws {
        var descriptors: [Int32] = [-1, -1]
        guard pipe(&descriptors) == 0 else { throw SystemCallFailed(call: "pipe", code: errno) }
        reading = descriptors[0]
        writing = descriptors[1]
    }

    /// Blocks until all who could write are gone.
    func read(into log: LineLog) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(reading, $0.baseAddress, $0.count) }
            if count > 0 {
                log.append(buffer[..<count])
            } else if count == 0 || errno != EINTR {
                break
            }
        }
        close(reading)
        log.close()
    }

    func closeAll() {
        close(reading)
        close(writing)
    }
}
