import ArgumentParser
import ConfigModel
import ConfigSignatures
import ConfigStore

extension KeysCommand {
    /// Gives what old keys signed the signature of a new one.
    struct Resign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resign",
            abstract: "Sign again with a new key what old keys signed.",
            usage: "configbus keys resign --old-keys <file> --signing-key <file> [<options>]",
            discussion: """
                The third of the four steps that change a key: add the new public key at the watchers (--trusted-keys), start \
                the registries with the new key, run this on the store, remove the old key at the watchers.

                Every version, and the statement about the epoch, that an old key validly signed gets a signature of the new \
                key. Contents, numbers and hashes stay as they are: nothing is announced, and no watcher loads anything again. \
                What an old key did not sign is not signed; it is named, and the exit code is 1. Registries may run meanwhile \
                on MongoDB, and serve the new signatures within seconds; the embedded store belongs to one process. It may be \
                ended at any moment and begun again.
                """)

        @Option(
            help: "A file with the public keys whose signatures are replaced, as for --trusted-keys.",
            completion: .file())
        var oldKeys: String
        @Option(
            help: "A file with the Ed25519 key that signs from now on. [CONFIGBUS_SIGNING_KEY]", completion: .file())
        var signingKey: String?
        @Flag(help: "Say what there is to do, and change nothing.") var dryRun = false
        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let settings = try options.settings(signingKey: signingKey)
            let old = try PublicKeyFile.read(oldKeys, flag: "--old-keys", of: .registry)
            guard let signer = try settings.signer() else {
                throw CommandFailure.usage("Name the key that signs from now on with --signing-key.")
            }
            guard old.keys.contains(where: { $0 != signer.publicKey }) else {
                throw CommandFailure.usage(
                    "--old-keys \(oldKeys) holds no other key than --signing-key. Name the public keys that signed until now."
                )
            }
            let outcome = try await AdminCommand.withStore(settings) { store in
                try await renew(store, SignatureRenewal(in: store, from: old, to: signer))
            }
            try output.print(json(outcome, signer)) { text(outcome, signer) }
            if !outcome.report.isComplete { throw ExitCode.refused }
        }

        private struct Outcome: Sendable {
            /// How many versions were signed again; nil for a dry run.
            let renewed: Int?
            let report: RenewalReport
        }

        private func renew(_ store: any RegistryStore, _ renewal: SignatureRenewal) async throws -> Outcome {
            let count = Int(clamping: try await store.statistics().versions)
            guard count > 0 else {
                throw CommandFailure.refused(
                    "This store is empty. Check --mongodb-uri or --data-dir: there is nothing that a key signed.")
            }
            let progress = TerminalProgress()
            defer { progress.end() }
            do throws(RenewalError) {
                var renewed: Int?
                if !dryRun {
                    progress.begin("signing")
                    renewed = try await renewal.renew { progress.step($0, of: max($0, count)) }
                }
                progress.begin("verifying")
                return Outcome(
                    renewed: renewed, report: try await renewal.survey { progress.step($0, of: max($0, count)) })
            } catch {
                switch error {
                case .store(let failure): throw failure
                case .notSigned(let reason): throw CommandFailure.refused(reason)
                }
            }
        }

        private func text(_ outcome: Outcome, _ signer: RecordSigner) -> String {
            let report = outcome.report
            var lines: [String] = []
            if let renewed = outcome.renewed {
                lines.append("\(versions(renewed)) signed again with the key \(signer.keyID)")
                lines.append("\(versions(report.renewed)) with its signature now")
            } else {
                lines.append("\(versions(report.renewable)) to be signed again with the key \(signer.keyID)")
                lines.append("\(versions(report.renewed)) with its signature already")
            }
            switch report.statement {
            case nil: break
            case .renewed: lines.append("the statement about the epoch is signed with it")
            case .renewable: lines.append("the statement about the epoch is signed with an old key")
            case .other(let reason): lines.append("the statement about the epoch was left as it is: \(reason)")
            }
            if outcome.renewed != nil, report.renewable > 0 {
                lines.append(
                    "\(versions(report.renewable)) with the signature of an old key: a registry still signs with it. Start it "
                        + "with the new key and run this again")
            }
            if report.others > 0 { lines.append("\(versions(report.others)) left as they are:") }
            lines += report.named.map { "\($0.place): \($0.reason)" }
            if report.others > report.named.count { lines.append("and \(report.others - report.named.count) more") }
            return lines.joined(separator: "\n")
        }

        private func versions(_ count: Int) -> String { count == 1 ? "1 version" : "\(count) versions" }

        private func json(_ outcome: Outcome, _ signer: RecordSigner) -> JSONValue {
            let report = outcome.report
            var object = JSONObject()
            object["key_id"] = .string(signer.keyID)
            object["resigned"] = .number(JSONNumber(outcome.renewed ?? 0))
            object["signed"] = .number(JSONNumber(report.renewed))
            object["with_old_key"] = .number(JSONNumber(report.renewable))
            object["others"] = .number(JSONNumber(report.others))
            object["epoch_statement"] =
                switch report.statement {
                case nil: .null
                case .renewed: .string("signed")
                case .renewable: .string("with_old_key")
                case .other: .string("other")
                }
            object["findings"] = .array(report.named.map(\.json))
            return .object(object)
        }
    }
}

extension RenewalFinding {
    fileprivate var place: String {
        "\(key.map(\.description) ?? "a document without a proper name") version "
            + "\(version.map { String($0) } ?? "without a proper number")"
    }

    fileprivate var json: JSONValue {
        var object = JSONObject()
        object["service_name"] = key.map { .string($0.service) } ?? .null
        object["environment"] = key.map { .string($0.environment) } ?? .null
        object["version"] = version.map { .number(JSONNumber($0)) } ?? .null
        object["reason"] = .string(reason)
        return .object(object)
    }
}
