import ConfigModel

/// The identifier of a token or a denial, which the registry made.
package enum AccessID {
    /// Reads the identifier in a path. What cannot be one does not exist, which a look-up finds out.
    package static func read(_ id: Substring) throws(Problem) -> String {
        guard let id = PercentEncoding.decoded(id.utf8), id.utf8.count <= 64 else {
            throw Problem(.invalidName, "The identifier in the path is not one that the registry makes.")
        }
        return id
    }
}
