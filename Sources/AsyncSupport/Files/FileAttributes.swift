package import SystemPackage

/// Mode and owner of a file.
package struct FileAttributes: Sendable, Equatable {
    /// The mode.
    package var permissions: FilePermissions
    /// The user that the file belongs to; nil leaves the one that the system gives it.
    package var user: UserID?
    /// The group that the file belongs to; nil leaves the one that the system gives it.
    package var group: GroupID?

    /// Puts attributes together.
    package init(permissions: FilePermissions, user: UserID? = nil, group: GroupID? = nil) {
        self.permissions = permissions
        self.user = user
        self.group = group
    }

    /// 0600, for the user that made it.
    package static let ownerOnly = FileAttributes(permissions: .ownerReadWrite)

    /// Those of the file at a path; nil when there is nothing.
    ///
    /// - Throws: `NotRegularFile` for anything else, which is not to be replaced; otherwise `Errno`.
    package init?(replacing path: String) throws {
        guard let facts = try Stat.ofLink(path) else { return nil }
        guard facts.type == .regular else { throw NotRegularFile(path: path, type: facts.type) }
        self.init(permissions: facts.permissions, user: facts.userID, group: facts.groupID)
    }
}

extension Stat {
    /// What the file system says about a path itself, not about what a link there leads to; nil when there is nothing.
    package static func ofLink(_ path: String) throws(Errno) -> Stat? {
        do {
            return try Stat(FilePath(path), followTargetSymlink: false)
        } catch {
            if error == .noSuchFileOrDirectory { return nil }
            throw error
        }
    }
}

/// Something that is no regular file, in the place of one. Replacing a device or a socket would take it from every
/// program that uses it, and what a link leads to belongs to another program.
package struct NotRegularFile: Error, Equatable, CustomStringConvertible {
    /// The path.
    package let path: String
    let type: FileType

    package var description: String { "\(fact), and is not replaced. Name a file, or remove it." }

    /// What it is, as a sentence without a full stop.
    package var fact: String { "\(path) is \(name) and no regular file" }

    private var name: String {
        switch type {
        case .directory: "a directory"
        case .symbolicLink: "a symbolic link"
        case .fifo: "a FIFO"
        case .socket: "a socket"
        case .characterSpecial, .blockSpecial: "a device"
        default: "something special"
        }
    }
}
