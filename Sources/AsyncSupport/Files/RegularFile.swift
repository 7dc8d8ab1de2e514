package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads files that others may have put there: through a link only where that is said, and never waiting for a FIFO or a
/// device.
package enum RegularFile {
    /// The whole content.
    ///
    /// - Parameter followingLinks: true for a path that the operator chose, such as that of a mounted secret, which is a link.
    /// - Throws: `NotRegularFile`, `Errno`, or `Errno.fileTooLarge` beyond `limit`.
    package static func read(
        _ path: String, followingLinks: Bool = false, limit: Int = 64 << 20
    ) throws -> [UInt8] {
        var options: FileDescriptor.OpenOptions = [.nonBlocking, .closeOnExec]
        if !followingLinks { options.insert(.noFollow) }
        let descriptor = try FileDescriptor.open(FilePath(path), .readOnly, options: options)
        return try descriptor.closeAfter {
            let facts = try Stat(descriptor)
            guard facts.type == .regular else { throw NotRegularFile(path: path, type: facts.type) }
            return try descriptor.contents(limit: limit)
        }
    }

    /// Removes a file, if it can be.
    package static func discard(_ path: String) { unlink(path) }

    /// Removes a file.
    package static func remove(_ path: String) throws(Errno) { try check(unlink(path)) }
}
