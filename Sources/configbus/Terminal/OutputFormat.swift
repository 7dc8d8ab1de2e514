import ArgumentParser
import ConfigModel

/// How results are printed.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case yaml
}

/// The `--output` flag and the printing that follows it.
struct OutputOptions: ParsableArguments {
    @Option(name: [.customShort("o"), .customLong("output")], help: "How results are printed.")
    var format: OutputFormat = .text

    /// Prints a result: `text` for people, `json` for programs; one object or array a line.
    func print(_ json: @autoclosure () throws -> JSONValue, text: () -> String) throws {
        switch format {
        case .text:
            let text = text()
            StandardStream.output.write(text.isEmpty || text.hasSuffix("\n") ? text : text + "\n")
        case .json: StandardStream.output.write(try json().canonicalBytes + [UInt8(ascii: "\n")])
        case .yaml: StandardStream.output.write(try YAMLText.write(json()))
        }
    }
}
