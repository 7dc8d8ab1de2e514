package import ConfigModel

/// Documents as another system keeps them.
package struct ForeignDocuments: Sendable {
    /// In the order in which they were found, each once.
    package private(set) var documents: [ForeignDocument] = []
    /// What is wrong, each a sentence with its place.
    package private(set) var faults: [String] = []
    /// What was left out, each a sentence with its place.
    package private(set) var warnings: [String] = []
    private var places: [DocumentKey: Int] = [:]

    /// None.
    package init() {}

    /// Takes a document; one of which there is another already is a fault.
    ///
    /// - Parameter source: where it is, for messages.
    mutating func add(_ object: JSONObject, service: String, environment: String, from source: String) {
        do throws(InvalidName) {
            let key = try DocumentKey(service: service, environment: environment)
            if let place = places[key] {
                faults.append("\(source): \(key) is in \(documents[place].source) too.")
                return
            }
            places[key] = documents.count
            documents.append(ForeignDocument(key: key, object: object, source: source))
        } catch {
            faults.append("\(source): \(error)")
        }
    }

    /// The same with what was wrong before.
    package func adding(_ faults: [String]) -> ForeignDocuments {
        var documents = self
        documents.faults = faults + documents.faults
        return documents
    }

    mutating func refuse(_ fault: String) { faults.append(fault) }

    mutating func warn(_ warning: String) { warnings.append(warning) }
}

/// One of them.
package struct ForeignDocument: Sendable, Equatable {
    /// Which document it becomes.
    package let key: DocumentKey
    /// Its content.
    package let object: JSONObject
    /// Where it was found, for messages.
    package let source: String
}
