public import ConfigWatcher
import RE2Patterns
public import WatcherCore

extension ConfigSchema {
    /// Compiles the text of a schema that may have `pattern` and `patternProperties`; the program links RE2 for them.
    ///
    /// - Throws: `WatcherError` with code `invalidOptions`, whose message names the part of the schema that is wrong.
    public init(withPatterns json: String) throws(WatcherError) {
        try self.init(json, patterns: RE2Patterns())
    }
}
