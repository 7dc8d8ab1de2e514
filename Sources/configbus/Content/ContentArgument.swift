import ArgumentParser
import ConfigModel
import Glibc
import SystemPackage

/// The `[FILE|-]` argument and the notation it is written in.
struct ContentArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp("A JSON, YAML or TOML file; - or nothing for standard input.", valueName: "file"),
        completion: .file())
    var given: String?

    var file: String { given ?? "-" }

    @Option(help: "The notation of the content; by default the file's ending says it, JSON for standard input.")
    var format: ContentNotation?

    func content() throws -> Content { try Self.content(of: file, format: format) }

    /// Reads the content that a file has, or standard input for `-`.
    ///
    /// - Parameter flag: what the file was given as, for the error.
    static func content(of file: String, format: ContentNotation?, flag: String = "FILE") throws -> Content {
        let name = file == "-" ? "Standard input" : file
        guard let notation = format ?? ContentNotation(path: file) else {
            throw CommandFailure.refused(
                "\(file) ends in none of \(ContentNotation.endings); say how it is written with --format json, yaml or toml."
            )
        }
        let bytes = try InputFile.read(file, flag: flag)
        return try notation.document(
            bytes, name: name, isGuess: format == nil && !ContentNotation.isNamed(byEndingOf: file))
    }

    /// Reads the operations of a JSON patch.
    func operations() throws -> [JSONValue] {
        let name = file == "-" ? "Standard input" : file
        guard let notation = format ?? ContentNotation(path: file) else {
            throw CommandFailure.refused(
                "\(file) ends in none of \(ContentNotation.endings); say how it is written with --format json or yaml.")
        }
        return try notation.operations(try InputFile.read(file, flag: "FILE"), name: name)
    }

    /// Refuses the name of a file in the place of the service. As a service's name most of them would be taken, and the
    /// content awaited on standard input.
    func refuseFile(inPlaceOf service: String, command: String) throws {
        guard given == nil, ContentNotation.isNamed(byEndingOf: service), access(service, F_OK) == 0 else { return }
        let name = FilePath(service).stem ?? "SERVICE"
        throw CommandFailure.usage(
            "'\(service)' is a file here, and the service is missing: write 'configbus \(command) SERVICE \(service)', "
                + "for example with \(name) for SERVICE. (If the service has this name, write '-' behind it for standard "
                + "input.)")
    }
}
