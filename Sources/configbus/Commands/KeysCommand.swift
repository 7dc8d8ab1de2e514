import ArgumentParser
import ConfigModel
import ConfigSignatures
import RegistryAPI
import RegistryClient
import SystemPackage

/// Makes, shows and changes the keys that sign versions.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make, show and change signing keys.",
        usage: "configbus keys <subcommand>", subcommands: [Generate.self, List.self, Resign.self])

    struct Generate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "generate", abstract: "Make a signing key.",
            usage: "configbus keys generate <file> [<options>]",
            discussion: """
                Writes the private key to FILE (only you can read it; an existing file is refused) and prints the public \
                key, as the line that belongs into the file that watchers get with --trusted-keys. Both files say which \
                kind of key they hold, so that one is never taken for the other.
                """)

        @Argument(help: "Where the private key goes.", completion: .file()) var file: String
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let signer = try RecordSigner.generate()
            do {
                let descriptor = try FileDescriptor.open(
                    FilePath(file), .writeOnly, options: [.create, .exclusiveCreate], permissions: [.ownerReadWrite])
                try descriptor.closeAfter { _ = try descriptor.writeAll(signer.privateKeyFile.utf8) }
            } catch let error as Errno {
                let advice =
                    switch error {
                    case .fileExists: "Nothing is overwritten; name a new file."
                    case .noSuchFileOrDirectory, .notDirectory: "Make its folder first, or name another file."
                    default: "Name another file."
                    }
                throw CommandFailure.refused("Cannot make \(file): \(error). \(advice)")
            }
            try output.print(.object(KeysCommand.fields(of: signer.publicKey))) { signer.publicKey.keyFileLine }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Show the public key of a signing key, the keys of a file for --trusted-keys, or a registry's.",
            usage: "configbus keys list [<file>] [<options>]",
            discussion: """
                Without a file the registry at --url is asked, which names the key that it signs with. Compare it with what \
                'keys generate' printed before a watcher trusts it.
                """)

        @Argument(
            help:
                "A private key file made by 'configbus keys generate'; with --trusted a file of public keys. (default: the registry)",
            completion: .file())
        var file: String?
        @Flag(help: "The file holds public keys, as for --trusted-keys.") var trusted = false
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard file != nil || !trusted else { throw ValidationError("--trusted needs the file.") }
        }

        func run() async throws {
            let keys = try await keys()
            try output.print(.array(keys.map(KeysCommand.json))) {
                keys.isEmpty
                    ? "The registry does not sign." : keys.map(\.keyFileLine).joined(separator: "\n")
            }
        }

        private func keys() async throws -> [TrustedKey] {
            guard let file else {
                return try await connection.client().signingKeys().map {
                    TrustedKey(try PublicKey(parsing: $0.publicKey))
                }
            }
            let text = String(decoding: try InputFile.read(file, flag: "FILE"), as: UTF8.self)
            do {
                return
                    trusted
                    ? try TrustedKeys(parsing: text, of: .signer).entries
                    : [TrustedKey(try RecordSigner(parsing: text).publicKey)]
            } catch {
                let hint = trusted ? "" : " A file of public keys is listed with --trusted."
                throw CommandFailure.refused("\(file): \(error)\(hint)")
            }
        }
    }

    private static func json(_ trusted: TrustedKey) -> JSONValue {
        var object = fields(of: trusted.key)
        if let name = trusted.name { object["name"] = .string(name) }
        if !trusted.scopes.isEmpty { object["scopes"] = .array(trusted.scopes.map { .string($0.description) }) }
        return .object(object)
    }

    private static func fields(of key: PublicKey) -> JSONObject {
        var object = JSONObject()
        object["public_key"] = .string(key.text)
        object["key_id"] = .string(key.keyID)
        return object
    }
}
