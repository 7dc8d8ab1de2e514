import ArgumentParser
import ConfigBackup
import ConfigModel
import ConfigSignatures
import ConfigStore

/// Brings a backup back, into an empty store.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Bring a backup back, into an empty store.",
        usage: "configbus restore <file> [<options>]",
        discussion: """
            configbus restore configbus-2026-11-30.jsonl --data-dir new-data

            The backup is verified before anything is written. Versions come back as they were, with their numbers, hashes and \
            signatures. The store gets an epoch of its own, so that watchers follow it also where its versions are lower \
            than those that they had. No registry may run on the store meanwhile; one that was restored in part is not \
            served, and the same command again goes on where it was.

            Where versions are signed the new epoch has to be signed, with --signing-key. A key that signed versions in the \
            backup is taken with --same-site only: a copy beside the old store must not sign as the old one does.
            """)

    @Argument(help: "The backup.", completion: .file()) var file: String
    @OptionGroup var options: StoreOptions
    @Option(help: "The number of the new epoch. (default: the seconds since 1970, or one more than the backup's)")
    var epoch: Int64?
    @Option(help: "A file with the Ed25519 key that signs versions. [CONFIGBUS_SIGNING_KEY]", completion: .file())
    var signingKey: String?
    @Flag(help: "This store takes the place of the old one, with the key that signed there.") var sameSite = false
    @Flag(help: "Tokens and denials come back too.") var withAccess = false
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard file != "-" else { throw ValidationError("A backup is read twice: name a file.") }
    }

    func run() async throws {
        let settings = try options.settings(signingKey: signingKey)
        let signer = try settings.signer()
        try BackupFile(path: file).requireReadableTwice()
        let backup = try await BackupFile(path: file).read("verifying")
        do {
            let restored = try RestoredEpoch(
                after: backup, number: epoch, signer: signer, isSameSite: sameSite, at: Timestamp.now)
            let result = try await RestoreStore.with(settings) { store in
                var run = try await RestoreRun(of: backup, into: store, hasAccess: withAccess)
                let again = try await BackupFile(path: file).read("restoring") { try await run.take($0) }
                guard again == backup else {
                    throw CommandFailure.refused("\(file) was changed while it was restored; run it again.")
                }
                return RestoreResult(
                    backup: backup, hasAccess: withAccess, state: try await run.finish(restored), wasThere: run.isDone)
            }
            try output.print(result.json) { "\(result.text)\nstore: \(settings.storePlace)" }
            if let leftOut = result.leftOut { Warning.say(leftOut) }
        } catch let error as RestoreError {
            guard case .store(let failure) = error else { throw CommandFailure.refused(error.description) }
            throw CommandFailure.unreachable(
                "\(failure.description) Run restore again, and it goes on where it was.")
        }
    }
}
