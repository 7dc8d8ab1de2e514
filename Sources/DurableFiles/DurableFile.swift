import Synchronization
package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Changes to files that survive a power failure. Every call blocks its thread until the disk has answered.
package enum DurableFile {
    /// The mode of a file that did not exist, and of every file without `keepsMode`: 0600.
    private static let newFile: FilePermissions = .ownerReadWrite

    /// Replaces a file at once: whoever reads sees the old content or the new one whole, whatever happens.
    ///
    /// Writes a file beside the target and renames it. A symbolic link at the target's place is replaced, not followed.
    /// Two writers of one target do not disturb each other: the last one stays.
    ///
    /// - Parameter keepsMode: the new file gets the permissions of the one that it replaces.
    /// - Throws: `Errno`; the target is as before, unless only its folder could not be synchronised.
    package static func replace(_ path: String, with bytes: [UInt8], keepsMode: Bool = false) throws {
        let target = FilePath(path)
        guard let name = target.lastComponent else { throw Errno.isDirectory }
        let number = writes.wrappingAdd(1, ordering: .relaxed).newValue
        let temporary = target.removingLastComponent().appending(".\(name.string).\(getpid())-\(number).new")
        do {
            let descriptor = try FileDescriptor.open(
                temporary, .writeOnly, options: [.create, .truncate, .noFollow, .closeOnExec], permissions: newFile)
            try descriptor.closeAfter {
                try descriptor.writeAll(bytes)
                if keepsMode, let mode = mode(of: target) { try check(fchmod(descriptor.rawValue, mode)) }
                try sync(descriptor)
            }
            try check(rename(temporary.string, target.string))
        } catch {
            unlink(temporary.string)
            throw error
        }
        try syncDirectory(of: path)
    }

    /// Waits until the content of a file is on the disk.
    package static func sync(_ descriptor: FileDescriptor) throws(Errno) {
        while fsync(descriptor.rawValue) != 0 {
            let error = Errno(rawValue: errno)
            guard error == .interrupted else { throw error }
        }
    }

    /// Waits until the name of a file is on the disk.
    package static func syncDirectory(of path: String) throws {
        let parent = FilePath(path).removingLastComponent()
        let directory = try FileDescriptor.open(
            parent.isEmpty ? "." : parent, .readOnly, options: [.directory, .closeOnExec])
        try directory.closeAfter { try sync(directory) }
    }

    private static let writes = Atomic<Int>(0)

    private static func mode(of path: FilePath) -> mode_t? {
        var facts = stat()
        guard lstat(path.string, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        return facts.st_mode & 0o7777
    }

    private static func check(_ result: CInt) throws(Errno) {
        if result != 0 { throw Errno(rawValue: errno) }
    }
}
