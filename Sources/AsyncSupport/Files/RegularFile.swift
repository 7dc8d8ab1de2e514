package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

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
            return try descriptor.contents(limit: limit)
        }
    }

    /// Removes a file.
    package static func remove(_ path: String) throws(Errno) { try check(unlink(path)) }
}
