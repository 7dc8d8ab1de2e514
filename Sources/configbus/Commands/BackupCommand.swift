import ArgumentParser
import AsyncSupport
import ConfigBackup
import ConfigModel
import RegistryClient
import SystemPackage

/// A command whose default subcommand takes an argument: a word behind its name need not be the name of a subcommand.
protocol ArgumentByDefault {}

/// Takes a backup of a registry's store, and verifies one.
struct BackupCommand: AsyncParsableCommand, ArgumentByDefault {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Take a backup of everything, and verify one.",
        usage: "configbus backup <file> | verify <file>", subcommands: [Take.self, Verify.self],
        defaultSubcommand: Take.self)
}

extension BackupCommand {
    struct Take: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "take", abstract: "Write every version of every document into one file.",
            usage: "configbus backup <file> [<options>]",
            discussion: """
                configbus backup configbus-2026-11-30.jsonl
                configbus backup - | gzip > backup.gz

                The registry goes on serving. Every document is in it up to one version of its own, and change sets are whole. \
                What comes is verified as it comes; the file is in its place only when the last line was. It needs an \
                auditor or administrator of everything. Whoever has the file has every configuration: only its owner can \
                read it.
                """)

        @Argument(help: "Where the backup goes; - for standard output.", completion: .file()) var file: String
        @Flag(help: "Tokens, of which only hashes are kept, and denials too.") var withAccess = false
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard file != "-" || !StandardStream.output.isTerminal else {
                throw ValidationError(
                    "A backup is not written to a terminal: name a file in the place of -, or send it on with a pipe, as in "
                        + "'configbus backup - | gzip > backup.gz'.")
            }
        }

        func run() async throws {
            let client = try connection.client()
            let summary: BackupSummary
            if file == "-" {
                summary = try await take(client) { bytes in StandardStream.output.write(bytes) }
                StandardStream.error.write("\(summary.contents)\n")
                return
            }
            do {
                var taken: BackupSummary?
                let staged = try await StagedFile(for: file, .ownerOnly) { descriptor in
                    taken = try await take(client) { bytes in _ = try descriptor.writeAll(bytes) }
                }
                try staged.commit()
                guard let taken else { return }
                summary = taken
            } catch let error as Errno {
                throw CommandFailure.refused("Cannot write \(file): \(error).")
            } catch let error as NotRegularFile {
                throw CommandFailure.refused(error.description)
            }
            try output.print(summary.json) { "\(summary.contents): \(file)" }
        }

        private func take(
            _ client: RegistryClient, _ write: ([UInt8]) throws -> Void
        ) async throws -> BackupSummary {
            var (lines, scan, progress) = (BackupLines(), BackupScan(), BackupProgress("backup"))
            defer { progress.end() }
            do {
                try await client.backup(hasAccess: withAccess) { bytes in
                    lines.append(bytes)
                    while let line = lines.next() { try scan.take(line) }
                    if lines.isTooLong {
                        throw BackupFault(line: scan.lines + 1, "It is longer than any line of a backup.")
                    }
                    progress.step(scan.counts.versions)
                    try write(bytes)
                }
                return try scan.summary(hasRest: lines.hasRest)
            } catch let fault as BackupFault {
                throw CommandFailure.refused("What the registry sent is no whole backup. \(fault)")
            } catch let error as RegistryClientError where scan.lines > 0 && error.code == .interrupted {
                throw CommandFailure.unreachable(
                    "The registry at \(client.url) broke off behind line \(scan.lines); its log says why. There is no backup."
                )
            }
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Check a backup without a registry; names the first bad line.",
            usage: "configbus backup verify <file> [<options>]",
            discussion: """
                Contents, record hashes, chains without gaps, whole change sets, the order of lines, and the checksum of \
                the whole. With --trusted-keys the newest version of every document has to be signed with one of these keys: \
                it is chained to all before it. Ends with 1 when anything does not hold.
                """)

        @Argument(help: "The backup; - for standard input.", completion: .file()) var file: String
        @Option(help: "A file with the public keys whose signatures count.", completion: .file()) var trustedKeys:
            String?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let keys = try trustedKeys.map { try PublicKeyFile.read($0, flag: "--trusted-keys", of: .registry) }
            let summary = try await BackupFile(path: file).read(keys: keys, "verifying")
            let isChecked = keys != nil
            try output.print(summary.verifiedJSON(hasKeys: isChecked)) {
                "good: \(summary.contents)\n\(summary.origin)\n\(summary.signatures(hasKeys: isChecked))"
            }
        }
    }
}
