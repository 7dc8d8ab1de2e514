import ConfigModel

/// The grants of one identity, or of one rule, as they stand in a file.
enum GrantList {
    /// - Throws: a sentence that names the field and the grant that is none.
    static func read(_ field: String, of object: JSONObject) throws(JSONFieldError) -> [Grant] {
        var grants: Set<Grant> = []
        for element in try object.array(field) {
            guard case .string(let text) = element else {
                throw JSONFieldError(field: field, problem: .invalid("each grant is a text, not \(element.kind)."))
            }
            do throws(InvalidPattern) {
                grants.insert(try Grant(parsing: text))
            } catch {
                throw JSONFieldError(field: field, problem: .invalid("\(error)"))
            }
        }
        guard grants.count <= Grant.maximumCount else {
            throw JSONFieldError(
                field: field,
                problem: .invalid("an identity has at most \(Grant.maximumCount) grants, not \(grants.count)."))
        }
        return grants.sorted()
    }
}
