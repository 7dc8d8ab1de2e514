package import ConfigModel

extension QueryParameters {
    /// The findings that the author lets pass: `override`, once for each.
    ///
    /// - Parameter others: those that the body names.
    package func overrides(and others: CheckOverrides = .none) throws(Problem) -> CheckOverrides {
        do {
            return try CheckOverrides(others.names + all(QueryName.override))
        } catch {
            throw Problem(.invalidOverride, error.description).with("parameter", QueryName.override)
        }
    }
}

extension BodyFields {
    /// The findings that the author lets pass: an array of their overrides; none when there is none or null.
    package func overrides() throws(Problem) -> CheckOverrides {
        guard let names = try texts(QueryName.override) else { return .none }
        do {
            return try CheckOverrides(names)
        } catch {
            throw Problem(.invalidOverride, error.description).with("pointer", "/\(QueryName.override)")
        }
    }
}
