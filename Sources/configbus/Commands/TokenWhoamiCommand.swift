import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

/// Shows who the caller is to the registry.
struct TokenWhoamiCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami", abstract: "Show who you are to the registry, and what you may do.",
        usage: "configbus token whoami [<options>]")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let identity = try await connection.client().access()
        try output.print(identity.json) { FactLines.text(identity.lines) }
    }
}

/// Shows whose token a text is.
struct TokenCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Show whose token a text is.",
        usage: "configbus token check <file>|- [<options>]",
        discussion: """
            For a relay or an administrator of everything. It ends with 1 when the token does not count.
            """)

    @Argument(help: "A file that holds the token; - for standard input.", completion: .file()) var file: String
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let text = String(decoding: try InputFile.read(file, flag: "FILE"), as: UTF8.self)
        guard let token = text.split(whereSeparator: \.isWhitespace).first else {
            throw CommandFailure.refused("\(file == "-" ? "Standard input" : file) holds no token.")
        }
        guard let identity = try await connection.client().checkToken(String(token)) else {
            throw CommandFailure.refused("This is no token that counts.")
        }
        try output.print(identity.json) { FactLines.text(identity.lines) }
    }
}
