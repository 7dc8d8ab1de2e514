import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What makes a change to a file survive a power failure.
enum DurableFiles {
    /// Waits until the file's content is on the disk.
    static func sync(_ descriptor: FileDescriptor) throws(Errno) {
        while fsync(descriptor.rawValue) != 0 {
            let error = Errno(rawValue: errno)
            guard error == .interrupted else { throw error }
        }
    }

    /// Waits until the name of a file is on the disk.
    static func syncDirectory(of path: String) throws {
        let parent = FilePath(path).removingLastComponent()
        let directory = try FileDescriptor.open(
            parent.isEmpty ? "." : parent, .readOnly, options: [.directory, .closeOnExec])
        try directory.closeAfter { try sync(directory) }
    }

    /// Replaces a file at once: a reader sees the old or the new content, never a part.
    static func replace(_ path: String, with bytes: [UInt8]) throws {
        let temporary = path + ".new"
        let descriptor = try FileDescriptor.open(
            FilePath(temporary), .writeOnly, options: [.create, .truncate, .closeOnExec, .noFollow],
            permissions: .ownerReadWrite)
        try descriptor.closeAfter {
            try descriptor.writeAll(bytes)
            try sync(descriptor)
        }
        guard rename(temporary, path) == 0 else { throw Errno(rawValue: errno) }
        try syncDirectory(of: path)
    }
}
