// Each of these tests starts processes that take all cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
