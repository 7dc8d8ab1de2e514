import AsyncSupport
import Glibc
import SystemPackage

/// The mode and owner that a person wants a file to have.
struct WantedAttributes: Sendable, Equatable {
    var permissions: FilePermissions?
    var user: UserID?
    var group: GroupID?
    /// True when a file that is there already keeps its own.
    var isForNewFilesOnly: Bool

    /// What a file gets that takes the place of one at a path.
    ///
    /// - Throws: `NotRegularFile` for anything else there; otherwise `Errno`.
    func attributes(replacing path: String) throws -> FileAttributes {
        let existing = try FileAttributes(replacing: path)
        if isForNewFilesOnly, let existing { return existing }
        var attributes = existing ?? .ownerOnly
        if let permissions { attributes.permissions = permissions }
        if let user { attributes.user = user }
        if let group { attributes.group = group }
        return attributes
    }

    /// True when a file with these attributes is as it is wanted.
    func areMet(by attributes: FileAttributes) -> Bool {
        (permissions ?? attributes.permissions) == attributes.permissions
            && (user ?? attributes.user) == attributes.user
            && (group ?? attributes.group) == attributes.group
    }

    /// Reads `0640`.
    static func permissions(_ text: String) throws(InvalidAttribute) -> FilePermissions {
        guard let bits = mode_t(text, radix: 8), bits <= 0o777 else {
            throw InvalidAttribute(field: "mode", reason: " must be an octal number up to 0777, such as 0640.")
        }
        return FilePermissions(rawValue: bits)
    }

    /// Reads `user`, `user:group` or `:group`, of names or numbers.
    static func owner(_ text: String) throws(InvalidAttribute) -> (UserID?, GroupID?) {
        var owner: (user: UserID?, group: GroupID?) = (nil, nil)
        let names = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if let user = names.first, !user.isEmpty {
            guard let number = uid_t(user) ?? getpwnam(user)?.pointee.pw_uid else {
                throw InvalidAttribute(field: "owner", reason: ": there is no user '\(user)' here.")
            }
            owner.user = UserID(number)
        }
        if names.count == 2, !names[1].isEmpty {
            guard let number = gid_t(names[1]) ?? getgrnam(names[1])?.pointee.gr_gid else {
                throw InvalidAttribute(field: "owner", reason: ": there is no group '\(names[1])' here.")
            }
            owner.group = GroupID(number)
        }
        return owner
    }
}

/// A mode or an owner that is none.
struct InvalidAttribute: Error {
    /// `mode` or `owner`.
    let field: String
    /// The rest of a sentence that begins with the field.
    let reason: String

    /// The same for a place that stands in front of it with a blank.
    var sentence: String {
        reason.hasPrefix(": ") ? "cannot be used: " + reason.dropFirst(2) : String(reason.drop { $0 == " " })
    }
}
