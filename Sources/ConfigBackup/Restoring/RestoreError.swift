import ConfigModel
package import ConfigStore

/// Why a backup was not restored.
package enum RestoreError: Error, Sendable, Equatable {
    /// The store does not answer, or is not usable.
    case store(StoreError)
    /// The store holds something.
    case notEmpty
    /// A restore of another backup into this store was not finished.
    case otherBackup
    /// A restore of this backup, with or without its identities, was not finished.
    case otherAccess(hadAccess: Bool)
    /// The backup holds no identities.
    case noAccess
    /// What is in the store at the end is not what was put there.
    case disturbed(found: Int64, expected: Int)
    /// A version that an earlier run seems to have left is not that of the backup.
    case otherVersion(VersionIdentity)
    /// Versions are signed, so that watchers with trusted keys follow a new epoch only with a signed statement.
    case keyIsMissing
    /// The key signed versions in the backup.
    case sameKey(String)
    /// There is no such epoch after the backup's.
    case epoch(Int64)
    /// Too large a number was asked for.
    case largeEpoch(Int64)
    /// Another restore into the store began, or came to its end, meanwhile.
    case otherRestore
    /// The key refused to sign.
    case notSigned(String)
}

extension RestoreError: CustomStringConvertible {
    /// What to do, in a sentence or two.
    package var description: String {
        switch self {
        case .store(let error): error.description
        case .notEmpty:
            "The store is not empty, and a backup is restored into an empty one only: name another with --data-dir or "
                + "--mongodb-uri. Nothing was changed."
        case .otherBackup:
            "A restore of another backup into this store was not finished: run it again with that one, or name an empty store. "
                + "Nothing was changed."
        case .otherAccess(let hadAccess):
            "The restore into this store was begun \(hadAccess ? "with" : "without") --with-access: run it again so. Nothing was "
                + "changed."
        case .noAccess:
            "There are no identities in this backup: it was taken without --with-access. Nothing was changed."
        case .disturbed(let found, let expected):
            "The store holds \(found) versions now, and the backup \(expected): another program wrote into it. Stop all "
                + "registries on it and restore into an empty store."
        case .otherVersion(let version):
            "Version \(version.version) of \(version.key) in the store is not that of the backup: another program wrote into "
                + "the store. Stop all registries on it and restore into an empty store."
        case .keyIsMissing:
            "The versions in this backup are signed, and watchers with trusted keys follow the new epoch only when it is signed "
                + "too: name the key with --signing-key FILE. Nothing was changed."
        case .sameKey(let keyID):
            "The key \(keyID) signed versions in this backup. Two sites with one key are one to those who trust it: add "
                + "--same-site when this store takes the place of the old one, or name a key of its own. Nothing was changed."
        case .epoch(let number):
            "The epoch of a restored store must be greater than that of the backup, which has the number \(number). Nothing "
                + "was changed."
        case .largeEpoch(let number):
            "The epoch \(number) leaves no room for later ones: --epoch takes numbers up to \(Epoch.largestGiven). Nothing was "
                + "changed."
        case .otherRestore:
            "Another restore into this store runs or ran at the same time, and that one counts: this one ended and changes "
                + "nothing more. When there was none, a registry runs on the store: stop it and restore into an empty store."
        case .notSigned(let reason): "\(reason) Nothing was changed."
        }
    }
}
