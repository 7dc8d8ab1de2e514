package import SystemPackage

extension FileDescriptor {
    /// Everything that is still to be read, at most `limit` bytes.
    ///
    /// - Throws: `Errno`, `Errno.fileTooLarge` beyond `limit`.
    package func contents(limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try read(into: $0) }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= limit else { throw Errno.fileTooLarge }
        }
    }
}
