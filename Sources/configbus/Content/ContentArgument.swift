import ArgumentParser
import ConfigModel

/// The `[FILE|-]` argument and the notation it is written in.
struct ContentArgument: ParsableArguments {
    @Argument(help: "A JSON, YAML or TOML file; - or nothing for standard input.", completion: .file())
    var file: String = "-"

    @Option(help: "The notation of the content; by default the file's ending says it, JSON for standard input.")
    var format: ContentNotation?

    func content() throws -> Content {
        let name = file == "-" ? "Standard input" : file
        return try (format ?? ContentNotation(path: file)).content(
            InputFile.read(file, flag: "FILE"), name: name)
    }
}
