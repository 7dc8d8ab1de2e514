import AsyncSupport
import SystemPackage

/// Reads a file or standard input whole, within a bound.
enum InputFile {
    /// More than any document may have, in any notation, and what a list or a dump may have.
    static let limit = 64 << 20

    /// - Parameters:
    ///   - path: a path, or `-` for standard input.
    ///   - flag: what the path was given as, for the error.
    static func read(_ path: String, flag: String) throws -> [UInt8] {
        do {
            guard path != "-" else { return try FileDescriptor.standardInput.contents(limit: limit) }
            let descriptor = try FileDescriptor.open(FilePath(path), .readOnly)
            return try descriptor.closeAfter { try descriptor.contents(limit: limit) }
        } catch Errno.fileTooLarge {
            let name = path == "-" ? "Standard input" : path
            throw CommandFailure.refused(
                "\(name) has more than \(limit >> 20) MiB, which is more than is read of one file.")
        } catch let error as Errno {
            throw CommandFailure.refused("Cannot read \(path) (\(flag)): \(error).")
        }
    }
}
