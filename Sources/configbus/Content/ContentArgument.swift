import ArgumentParser
import ConfigModel
import Glibc
import SystemPackage

/// The `[FILE|-]` argument and the notation it is written in.
struct ContentArgument: ParsableArguments {
    @Argument(help: "A JSON, YAML or TOML file; - or nothing for standard input.", completion: .file())
    var given: String?

    var file: String { given ?? "-" }

    @Option(help: "The notation of the content; by default the file's ending says it, JSON for standard input.")
    var format: ContentNotation?

    func content() throws -> Content {
        let name = file == "-" ? "Standard input" : file
        guard let notation = format ?? ContentNotation(path: file) else {
            throw CommandFailure.refused(
                "\(file) ends in none of \(ContentNotation.endings); say how it is written with --format json, yaml or toml."
            )
        }
        let bytes = try InputFile.read(file, flag: "FILE")
        let content = try notation.content(
            bytes, name: name, isGuess: format == nil && !ContentNotation.isNamed(byEndingOf: file))
        // As TOML, a file that was cut off to nothing is an empty document.
        guard notation != .toml || content != .empty else {
            throw CommandFailure.refused(
                "\(name) holds no value; as it is the document would lose all of its own. For an empty document publish {} as "
                    + "JSON.")
        }
        return content
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
