package import ConfigModel

extension QueryParameters {
    /// The findings that the author of a document's version lets pass: `override`, once for each.
    ///
    /// - Parameter others: those that the body names.
    package func overrides(and others: CheckOverrides = .none) throws(Problem) -> CheckOverrides {
        do {
            return try CheckOverrides(others.names + all(QueryName.override), for: [.document])
        } catch {
            throw Problem(.invalidOverride, error.description).with("parameter", QueryName.override)
        }
    }
}

extension BodyFields {
    /// The findings that the author lets pass: an array of their overrides; none when there is none or null.
    ///
    /// - Parameter subjects: what is changed, which decides what can be let pass.
    package func overrides(of subjects: Set<CheckOverrides.Subject>) throws(Problem) -> CheckOverrides {
        guard let names = try texts(QueryName.override) else { return .none }
        do {
            return try CheckOverrides(names, for: subjects)
        } catch {
            throw Problem(.invalidOverride, error.description).with("pointer", "/\(QueryName.override)")
        }
    }
}
