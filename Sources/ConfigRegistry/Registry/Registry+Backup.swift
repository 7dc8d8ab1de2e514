import ConfigAccess
package import ConfigBackup

extension Registry {
    /// Begins a backup of the whole store, after it was written into the access log.
    ///
    /// - Parameters:
    ///   - hasAccess: true for one with tokens and denials.
    ///   - actor: who makes it; nil where callers need no credential, so that there is no identity to name.
    package func backup(hasAccess: Bool, by actor: AccessActor?) async throws(AccessError) -> BackupWriter {
        if let actor {
            let act = AccessAct(
                kind: .backupMade, action: .backup, subject: hasAccess ? "everything" : "everything but identities")
            try await administration.perform(act, by: actor) { () throws(AccessError) in }
        }
        return BackupWriter(of: wholeStore, registry: options.name, hasAccess: hasAccess, at: options.now())
    }
}
