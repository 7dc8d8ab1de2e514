import SystemPackage

/// Reads files that others may have put there: never through a link, and never waiting for a FIFO or a device.
package enum RegularFile {
    /// The whole content.
    ///
    /// - Throws: `NotRegularFile`, `Errno`, or `Errno.fileTooLarge` beyond `limit`.
    package static func read(_ path: String, limit: Int = 64 << 20) throws -> [UInt8] {
        let descriptor = try FileDescriptor.open(
            FilePath(path), .readOnly, options: [.noFollow, .nonBlocking, .closeOnExec])
        return try descriptor.closeAfter {
            let facts = try Stat(descriptor)
            guard facts.type == .regular else { throw NotRegularFile(path: path, type: facts.type) }
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = try buffer.withUnsafeMutableBytes { try descriptor.read(into: $0) }
                guard count > 0 else { return bytes }
                bytes += buffer[..<count]
                guard bytes.count <= limit else { throw Errno.fileTooLarge }
            }
        }
    }
}
