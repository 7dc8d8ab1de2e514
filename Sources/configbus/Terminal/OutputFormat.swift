import ArgumentParser
import ConfigModel
import ConfigNotation

/// How results are printed.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case yaml
}

extension OutputFormat {
    /// A value for programs, one object or array a line in JSON.
    func bytes(of value: JSONValue) -> [UInt8] {
        self == .yaml ? Array(YAMLText.write(value).utf8) : value.canonicalBytes + [UInt8(ascii: "\n")]
    }

    /// A result as it is written: `text` for people, the others for programs.
    func bytes(_ json: @autoclosure () throws -> JSONValue, text: () throws -> String) throws -> [UInt8] {
        guard self == .text else { return bytes(of: try json()) }
        let text = try text()
        return Array((text.isEmpty || text.hasSuffix("\n") ? text : text + "\n").utf8)
    }
}

/// The `--output` flag and the printing that follows it.
struct OutputOptions: ParsableArguments {
    @Option(name: [.customShort("o"), .customLong("output")], help: "How results are printed.")
    var format: OutputFormat = .text

    /// Prints a result: `text` for people, `json` for programs; one object or array a line.
    func print(_ json: @autoclosure () throws -> JSONValue, text: () throws -> String) throws {
        StandardStream.output.write(try bytes(json(), text: text))
    }

    /// What `print` would write.
    func bytes(_ json: @autoclosure () throws -> JSONValue, text: () throws -> String) throws -> [UInt8] {
        try format.bytes(json(), text: text)
    }
}
