// Each test fills the machine with browsers and encoders of its own: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
