import AsyncSupport
import ConfigAccess
import SystemPackage

/// A file that holds the text of a token, for its owner alone.
enum TokenFile {
    /// Far more than a token has, and white space around it.
    private static let limit = 4_096

    /// Makes the file; what is there is never overwritten. It is on the disk when this returns.
    ///
    /// - Throws: `Errno.fileExists` when something is there.
    static func create(_ path: String, _ text: TokenText) throws {
        try StagedFile(for: path, holding: Array("\(text.secretText)\n".utf8), .ownerOnly).commitNew()
    }

    /// The token in a file that others cannot read.
    static func read(_ path: String) throws -> TokenText {
        let (bytes, permissions) = try contents(path)
        guard permissions.isDisjoint(with: [.groupReadWriteExecute, .otherReadWriteExecute]) else {
            throw CommandFailure.refused("\(path) can be read by others: remove it, or run 'chmod 600 \(path)'.")
        }
        let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        guard let token = TokenText(parsing: text) else {
            throw CommandFailure.refused(
                "\(path) is there and holds no token: nothing is overwritten, name a new file.")
        }
        return token
    }

    private static func contents(_ path: String) throws -> ([UInt8], FilePermissions) {
        do {
            let descriptor = try FileDescriptor.open(
                FilePath(path), .readOnly, options: [.noFollow, .nonBlocking, .closeOnExec])
            return try descriptor.closeAfter {
                let facts = try Stat(descriptor)
                guard facts.type == .regular else {
                    throw CommandFailure.refused("\(path) is no regular file: name a new file.")
                }
                return (try descriptor.contents(limit: limit), facts.permissions)
            }
        } catch let error as Errno {
            throw CommandFailure.refused("Cannot read \(path): \(error).")
        }
    }

    /// Why the file cannot be made, for a person.
    static func failure(making path: String, _ error: any Error) -> any Error {
        guard let error = error as? Errno else { return error }
        let advice =
            switch error {
            case .fileExists: "Nothing is overwritten; name a new file."
            case .noSuchFileOrDirectory, .notDirectory: "Make its folder first, or name another file."
            default: "Name another file."
            }
        return CommandFailure.refused("Cannot make \(path): \(error). \(advice)")
    }

    /// Removes a file that this process made.
    static func remove(_ path: String) { try? RegularFile.remove(path) }
}
