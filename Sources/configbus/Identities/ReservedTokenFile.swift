import Glibc
import SystemPackage

/// A new file for a token that is made only then: without a place for its text a token would help no one.
struct ReservedTokenFile {
    let path: String
    private let descriptor: FileDescriptor

    /// Makes the file, empty and for its owner alone; what is there is never overwritten.
    init(path: String) throws(CommandFailure) {
        self.path = path
        do {
            descriptor = try FileDescriptor.open(
                FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec, .noFollow],
                permissions: [.ownerReadWrite])
        } catch {
            throw .refused("Cannot make \(path): \(error). \(Self.advice(error))")
        }
    }

    private static func advice(_ error: any Error) -> String {
        switch error as? Errno {
        case .fileExists?: "Nothing is overwritten; name a new file."
        case .noSuchFileOrDirectory?, .notDirectory?: "Make its folder first, or name another file."
        default: "Name another file."
        }
    }

    /// Writes the text, and returns when it is on the disk.
    func write(_ text: String) throws {
        try descriptor.writeAll("\(text)\n".utf8)
        guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
        try descriptor.close()
    }

    /// Removes the file, for which there is no token.
    func discard() {
        try? descriptor.close()
        unlink(path)
    }
}
