import ConfigModel
import Configuration

/// A file of settings in JSON, YAML or TOML, as a provider.
enum SettingsFile {
    /// - Throws: `CommandFailure` when the file cannot be read, is no object of plain values or holds an unknown setting.
    static func provider(path: String, known: Set<String>) throws -> InMemoryProvider {
        guard let notation = ContentNotation(path: path) else {
            throw CommandFailure.refused("--config \(path) ends in none of \(ContentNotation.endings); rename it.")
        }
        let object = try notation.content(InputFile.read(path, flag: "--config"), name: path).object
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (key, value) in object {
            guard known.contains(key) else {
                let names = known.sorted()
                let hint = NearestName.hint(for: key, among: names)
                throw CommandFailure.usage(
                    "\(path): there is no setting '\(key)'.\(hint) Known are: \(names.joined(separator: ", ")).")
            }
            let text =
                switch value {
                // What reads paths and addresses would take the text in front of it for all.
                case .string(let text) where text.utf8.contains(0):
                    throw CommandFailure.usage("\(path): '\(key)' must not hold the character U+0000.")
                case .string(let text): text
                case .number(let number): number.text
                case .bool(let flag): String(flag)
                case .null, .array, .object:
                    throw CommandFailure.usage("\(path): '\(key)' must be a string, a number or a boolean.")
                }
            values[AbsoluteConfigKey([key])] = ConfigValue(.string(text), isSecret: key.hasSuffix("-uri"))
        }
        return InMemoryProvider(name: path, values: values)
    }
}
