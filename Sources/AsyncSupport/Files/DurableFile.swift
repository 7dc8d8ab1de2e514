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
    /// Replaces a file at once: a reader sees the old content or the new one whole, whatever happens.
    ///
    /// Writes a file beside the target and renames it. Two writers of one target do not disturb each other: the last one
    /// stays.
    ///
    /// - Parameter attributes: mode and owner, also of a file that is there already.
    /// - Throws: `NotRegularFile` when something else is there, a symbolic link too; otherwise `Errno`. The target is as
    ///   before, unless only its folder could not be synchronised.
    package static func replace(
        _ path: String, with bytes: [UInt8], _ attributes: FileAttributes = .ownerOnly
    ) throws {
        try StagedFile(for: path, holding: bytes, attributes).commit()
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
}
