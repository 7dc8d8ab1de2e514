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
        guard let notation = format ?? ContentNotation(path: file) else {
            throw CommandFailure.refused(
                "\(file) ends in none of \(ContentNotation.endings); say how it is written with --format json, yaml or toml."
            )
        }
        return try notation.content(InputFile.read(file, flag: "FILE"), name: name)
    }
}
