import Glibc
import SystemPackage

/// Reads a file or standard input whole, within a bound.
enum InputFile {
    /// More than any document may have, in any notation.
    static let limit = 64 << 20

    /// - Parameters:
    ///   - path: a path, or `-` for standard input.
    ///   - flag: what the path was given as, for the error.
    static func read(_ path: String, flag: String) throws -> [UInt8] {
        do {
            guard path != "-" else { return try contents(of: FileDescriptor.standardInput, name: "Standard input") }
            let descriptor = try FileDescriptor.open(FilePath(path), .readOnly)
            return try descriptor.closeAfter { try contents(of: descriptor, name: path) }
        } catch let error as Errno {
            throw CommandFailure.refused("Cannot read \(path) (\(flag)): \(error).")
        }
    }

    private static func contents(of descriptor: FileDescriptor, name: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try descriptor.read(into: $0) }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= limit else {
                throw CommandFailure.refused("\(name) has more than \(limit >> 20) MiB, which no document may have.")
            }
        }
    }
}
