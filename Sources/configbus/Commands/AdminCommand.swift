import ArgumentParser
import ConfigModel
import ConfigRegistry
import ConfigSignatures
import ConfigStore
import Glibc

/// Looks after a store directly, without a registry, and says what a broker has to allow.
struct AdminCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin", abstract: "Look after a store, and after the logins of a broker.",
        usage: "configbus admin <subcommand>",
        subcommands: [
            BrokerLogin.self, NewEpoch.self, Signing.self, Auth.self,
            Prune.self,
        ])

    /// Opens the store, and closes it whatever comes of it.
    ///
    /// - Parameter makesStore: true when an embedded store that is not there is to be made.
    static func withStore<Result: Sendable>(
        _ settings: ServeSettings, makesStore: Bool = false, _ body: (any RegistryStore) async throws -> Result
    ) async throws -> Result {
        // Opening would make an empty one, at a place that was named by mistake.
        guard
            makesStore || settings.mongodbURI != nil || access("\(settings.dataDirectory)/configbus.sqlite", F_OK) == 0
        else {
            throw CommandFailure.refused(
                "There is no embedded store in \(settings.dataDirectory): name its folder with --data-dir, or a database "
                    + "with --mongodb-uri.")
        }
        let store = try await ServeStore.open(settings, logger: ProgramLog.logger(level: "warning"))
        do {
            let result = try await body(store)
            await store.close()
            return result
        } catch {
            await store.close()
            guard let failure = error as? StoreError else { throw error }
            throw CommandFailure.unreachable(failure.description)
        }
    }
}

extension AdminCommand {
    struct NewEpoch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new-epoch",
            abstract: "Say that the store's history is another one from here on.",
            usage: "configbus admin new-epoch [<options>]",
            discussion: """
                Run it once after a store was restored from a backup. Version numbers may then come a second time with \
                other content: registries drop what they remember within a second, and watchers take what the registry \
                has, also where its version is lower than theirs. Documents and their versions stay as they are.

                Where versions are signed the change is signed too, with --signing-key: watchers with trusted keys \
                follow no other. For an embedded store the key that its last registry was started with is found by itself. \
                A key that signed none of the newest versions is refused, because watchers may not trust it.
                """)

        /// Goes with every response of a registry.
        private static let longestReason = 256

        @OptionGroup var options: StoreOptions
        @Option(help: "A file with the Ed25519 key that signs versions. [CONFIGBUS_SIGNING_KEY]", completion: .file())
        var signingKey: String?
        @Flag(help: "Take a key that signed no version here yet: the watchers trust it already.") var newKey = false
        @Option(help: "Why, in a few words; it is signed and goes with the epoch.") var reason = "new-epoch"
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard (1...Self.longestReason).contains(reason.utf8.count) else {
                throw ValidationError("--reason must have from 1 to \(Self.longestReason) bytes.")
            }
        }

        func run() async throws {
            let settings = try options.settings(signingKey: signingKey)
            let named = try settings.signer()
            let change = try await AdminCommand.withStore(settings) { store in
                guard try await store.statistics().versions > 0 else {
                    throw CommandFailure.refused(
                        "This store is empty. Check --mongodb-uri or --data-dir: a new epoch is for a store that was "
                            + "restored.")
                }
                let isRequired = try await store.state().signing == .required
                let signer = try named ?? (isRequired ? notedKey(settings) : nil)
                if let signer, !newKey { try await check(signer, store) }
                return try await advance(store, signer)
            }
            try output.print(json(change)) {
                "epoch \(change.after) (was \(change.before))"
                    + (change.statement.map { ", signed with the key \($0.signature.keyID)" } ?? "")
            }
        }

        /// A statement of a key that no watcher trusts would leave every watcher on the old epoch, and say nothing here.
        private func check(_ signer: RecordSigner, _ store: any RegistryStore) async throws {
            let check = try await store.check(signer.publicKey)
            guard check.isStranger else { return }
            throw CommandFailure.refused(
                "The key \(signer.keyID) signed none of the newest versions in this store; they are signed with "
                    + "\(check.others.joined(separator: ", ")). Watchers that do not trust it would not follow the new epoch. "
                    + "Name the key that signs here with --signing-key, or add --new-key when the watchers trust this one "
                    + "already. Nothing was changed.")
        }

        private func notedKey(_ settings: ServeSettings) throws -> RecordSigner? {
            try SigningKeyNote.path(settings).map { try SigningKeyFile.read($0) }
        }

        private func advance(_ store: any RegistryStore, _ signer: RecordSigner?) async throws -> EpochChange {
            do throws(EpochChangeError) {
                return try await store.advanceEpoch(reason: reason, signer: signer)
            } catch {
                guard case .store(let failure) = error else { throw CommandFailure.refused(error.description) }
                throw failure
            }
        }

        private func json(_ change: EpochChange) -> JSONValue {
            var object = JSONObject()
            object["epoch"] = .string(change.after.description)
            object["previous_epoch"] = .string(change.before.description)
            object["key_id"] = change.statement.map { .string($0.signature.keyID) } ?? .null
            return .object(object)
        }
    }

    struct Signing: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "signing",
            abstract: "Show or change whether a store takes unsigned versions.",
            usage: "configbus admin signing [--off | --required] [<options>]",
            discussion: """
                Once a signed version is stored the store says 'required', and a registry without a key refuses writes. \
                --off takes that back: stop the registries that have the key first, because the next version that one of \
                them signs brings it back. Watchers with trusted keys refuse unsigned versions all the same. --required \
                says it before the first signed version, so that no registry without the key writes one.

                It prints 'optional' (no signed version yet, and unsigned ones are taken), 'required' or 'off'.
                """)

        @OptionGroup var options: StoreOptions
        @Flag(help: "Take unsigned versions again.") var off = false
        @Flag(help: "Take signed versions only, also when there is none yet.") var required = false
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard !off || !required else { throw ValidationError("Use --off or --required, not both.") }
        }

        func run() async throws {
            let change: SigningRule? = off ? .off : required ? .required : nil
            let rule = try await AdminCommand.withStore(options.settings()) { store in
                if try await store.statistics().versions == 0 {
                    StandardStream.error.write(
                        "configbus: this store has no versions yet; check --mongodb-uri or --data-dir if it should have.\n"
                    )
                }
                if let change { try await store.setSigning(change) }
                return try await store.state().signing
            }
            var object = JSONObject()
            object["signing"] = .string(rule.rawValue)
            try output.print(.object(object)) { "signing: \(rule.rawValue)" }
        }
    }
}
