/// A content that is not what the application's type expects, in one sentence with the place.
struct UndecodableContent: Error, CustomStringConvertible {
    let description: String

    init(_ error: DecodingError, _ keys: KeyDecoding) {
        switch error {
        case .keyNotFound(let key, let context):
            description =
                "\(Self.place(context)) misses the key '\(key.stringValue)'." + Self.hint(key.stringValue, keys)
        case .valueNotFound(let type, let context):
            description = "\(Self.place(context)) is null where \(type) is expected."
        case .typeMismatch(let type, let context):
            description = "\(Self.place(context)) is not \(type): \(context.debugDescription)"
        case .dataCorrupted(let context):
            description = "\(Self.place(context)) cannot be read: \(context.debugDescription)"
        @unknown default:
            description = "\(error)"
        }
    }

    /// The two ways to miss a key that is there.
    private static func hint(_ key: String, _ keys: KeyDecoding) -> String {
        switch keys {
        case .convertFromSnakeCase where key.dropFirst().dropLast().contains("_"):
            " Keys are converted from snake_case first: name it without underscores in CodingKeys, or set "
                + "WatcherOptions.keys to .useDefaultKeys."
        case .useDefaultKeys where key.contains(where: \.isUppercase):
            " WatcherOptions.keys = .convertFromSnakeCase also finds it written with underscores."
        default: ""
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        guard !context.codingPath.isEmpty else { return "The document" }
        return "'" + context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
            + "'"
    }
}
