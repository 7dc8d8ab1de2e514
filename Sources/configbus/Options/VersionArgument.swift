import ArgumentParser

/// The number of a version on the command line.
enum VersionArgument {
    /// Refuses what can be no version.
    ///
    /// - Parameter name: the option or argument, for the sentence.
    static func check(_ version: Int64?, _ name: String) throws(ValidationError) {
        guard let version, version < 1 else { return }
        throw ValidationError("\(name) must be a version from 1, not \(version).")
    }
}
