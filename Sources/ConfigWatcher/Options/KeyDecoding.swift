/// How the names in a document become the names of a type's properties.
public enum KeyDecoding: Sendable, Equatable {
    /// `max_connections` becomes `maxConnections`, as names are usually written on either side. Names without an underscore
    /// stay as they are. A type with `CodingKeys` names what comes out: `case maxConnections`, not `"max_connections"`.
    case convertFromSnakeCase
    /// Names are taken as they are written in the document.
    case useDefaultKeys
}
